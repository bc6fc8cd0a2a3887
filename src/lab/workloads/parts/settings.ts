/** Something about a workload that the command line may set. */
export interface WorkloadSetting<T = unknown> {
  /** As `--key-count <n>`. */
  flags: string;
  description: string;
  /** Turns what was given into the value; throws an InvalidArgumentError that says what it takes. */
  parse: (text: string) => T;
  value: T;
  /** How the value is shown when nothing is given, if not as it is. */
  shown?: string;
}

/** The value of each setting of a workload, by the setting's name. */
export type Settings = Readonly<Record<string, unknown>>;

/** The settings that a workload has when nothing is said of them, and those that were given. */
export function settingsOf(
  { settings = {} }: { settings?: Record<string, WorkloadSetting> },
  given: Settings = {},
): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, { value }]) => [name, given[name] ?? value]),
  );
}
