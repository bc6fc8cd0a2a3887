import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a user works: a folder in which, or above which, the package is installed. */
export class UserFolder {
  readonly #path: string;
  readonly #env: NodeJS.ProcessEnv;

  /**
   * @param installed the folder in which the package is installed
   * @param name its own name in there
   * @param nodeFolder where the executable `node` is that runs everything
   */
  constructor(installed: string, name: string, nodeFolder: string) {
    this.#path = join(installed, name);
    mkdirSync(this.#path);
    const commands = join(installed, 'node_modules/.bin');
    this.#env = { ...process.env, PATH: [nodeFolder, commands, process.env.PATH].join(delimiter) };
  }

  /**
   * Runs a line of a shell, and returns what it prints.
   *
   * @throws Error when it fails, with all that it said
   */
  run(line: string): Promise<string> {
    const options = { cwd: this.#path, env: this.#env };
    return new Promise((resolve, reject) => {
      execFile('/bin/sh', ['-c', line], options, (error, stdout, stderr) => {
        if (error) reject(new Error(`${line}\n${stdout}\n${stderr}`));
        else resolve(stdout);
      });
    });
  }

  /** Starts a command that goes on until it is killed. */
  start(command: string, ...args: string[]): ChildProcess {
    return spawn(command, args, { cwd: this.#path, env: this.#env });
  }

  read(file: string): string {
    return readFileSync(join(this.#path, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.#path, file), text);
  }
}
