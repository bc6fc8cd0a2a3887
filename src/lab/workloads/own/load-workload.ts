import { resolve } from 'node:path';
import { builtModuleOf, loadBuiltModule } from '../../../build/load-module.ts';
import { quote } from '../../../wire/quote.ts';
import { UsageError } from '../../usage-error.ts';
import type { Workload } from '../workload.ts';
import { defineWorkload, type WorkloadDefinition } from './define-workload.ts';

/** What a module must do to bring a workload. */
const ADVICE_ON_EXPORT =
  'a workload is a module that ends in `export default defineWorkload({ … })`, from maelstate/workload';

/** A module that brings a workload, and what it was built into, which other threads can load. */
export interface WorkloadModule {
  source: string;
  built: string;
}

/** Workloads are called by names that may be folders'. */
const NAME = /^[a-z][a-z\d-]*$/;

/** The workloads that this thread has loaded, by the paths of their modules. */
const loaded = new Map<string, { workload: Workload; module: WorkloadModule }>();

/** Whether what `--workload` names is the path of a module, rather than a workload of the bench's. */
export function namesModule(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(name);
}

/** The workload of a module that has been loaded. */
export function findOwnWorkload(name: string): Workload | undefined {
  return loaded.get(resolve(name))?.workload;
}

/** The module that a workload was loaded from, if it was. */
export function moduleOf(name: string): WorkloadModule | undefined {
  return loaded.get(resolve(name))?.module;
}

/**
 * Loads the workload that a module brings, TypeScript or JavaScript: `findWorkload` has it from then on.
 *
 * @throws NodeProblem when the module cannot be loaded
 * @throws UsageError when it brings no workload
 */
export async function loadWorkload(file: string): Promise<void> {
  const source = resolve(file);
  if (loaded.has(source)) return;
  loadBuiltWorkload({ source, built: await builtModuleOf(source, ADVICE_ON_EXPORT) });
}

/** Does so, at once, when the module has been built. */
export function loadBuiltWorkload(module: WorkloadModule): void {
  const { source, built } = module;
  if (loaded.has(source)) return;
  const definition = loadBuiltModule(built, source);
  const problem = problemOf(definition);
  if (problem) throw new UsageError(`${source} brings no workload: ${problem}`);
  const workload = defineWorkload(definition as WorkloadDefinition);
  loaded.set(source, { workload: { ...workload, module: source }, module });
}

/** What keeps an export from being a workload, if anything. */
function problemOf(definition: unknown): string | undefined {
  if (typeof definition !== 'object' || definition === null) return ADVICE_ON_EXPORT;
  const parts = definition as Record<string, unknown>;
  const { name } = parts;
  if (typeof name !== 'string' || !NAME.test(name)) {
    return `its name must begin with a letter and have only a–z, 0–9 and -, found ${quote(name)}`;
  }
  for (const part of ['replies', 'operations']) {
    const value = parts[part];
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
      return `${part} must name at least one, found ${quote(value)}`;
    }
  }
  const functions = ['createSession', 'createSource', 'createCheckers'];
  const missing = functions.find((part) => typeof parts[part] !== 'function');
  return missing && `${missing} must be a function, found ${quote(parts[missing])}`;
}
