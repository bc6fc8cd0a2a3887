/** The environment variable that stands for a node's option. */
export function variableOf(node: string, option: string): string {
  return `${node}-${kebab(option)}`.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
}

/** A name in capitals and small letters, as flags are written. */
export function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
