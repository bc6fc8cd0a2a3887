import { type Command, Option } from 'commander';
import { type Settings, settingsOf, type WorkloadSetting } from '../../workloads/parts/settings.ts';
import type { Workload } from '../../workloads/workload.ts';
import { workloads } from '../../workloads/workloads.ts';
import { UsageError } from '../../usage-error.ts';

/** Every setting of every workload, by its name. */
const allSettings: Record<string, WorkloadSetting> = Object.assign(
  {},
  ...workloads.map(({ settings }) => settings),
);

/** Adds to a command the workload and whatever workloads let be set. */
export function addWorkloadFlags(command: Command, byDefault?: string): Command {
  const names = workloads.map(({ name }) => name);
  const option = new Option(
    '-w, --workload <name>',
    `what clients ask: ${names.join(', ')}, or a module that says so, such as ./mine.ts`,
  );
  command.addOption(byDefault ? option.default(byDefault) : option.makeOptionMandatory());
  for (const [name, { flags, description, parse, value, shown }] of Object.entries(allSettings)) {
    const takers = workloads.filter(({ settings }) => settings?.[name]).map((taker) => taker.name);
    const initially = shown ?? String(value);
    const text = `${takers.join(', ')}: ${description} (default: ${initially})`;
    command.addOption(new Option(flags, text).argParser(parse).helpGroup('For some workloads:'));
  }
  return command;
}

/**
 * What the command line says of a workload's settings.
 *
 * @throws UsageError when it sets what only others have
 */
export function readSettings(flags: object, workload: Workload): Settings {
  const given = flags as Settings;
  const strange = Object.keys(allSettings).find(
    (name) => given[name] !== undefined && !workload.settings?.[name],
  );
  if (strange === undefined) return settingsOf(workload, given);
  const flag = allSettings[strange]?.flags.split(' ')[0];
  const own = Object.values(workload.settings ?? {}).map(({ flags: text }) => text.split(' ')[0]);
  throw new UsageError(
    `${flag} is nothing that ${workload.name} takes: ${own.length > 0 ? `it takes ${own.join(', ')}` : 'it has no options of its own'}`,
  );
}
