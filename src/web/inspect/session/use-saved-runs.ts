import { useEffect, useState } from 'preact/hooks';

/**
 * The saved runs, newest first.
 *
 * @param occasion they are asked for anew whenever it changes
 */
export function useSavedRuns(occasion: unknown): readonly string[] {
  const [runs, setRuns] = useState<readonly string[]>([]);
  useEffect(() => {
    const ask = async () => {
      const response = await fetch('runs');
      setRuns((await response.json()) as string[]);
    };
    ask().catch(() => {}); // the connection says that the server is gone
  }, [occasion]);
  return runs;
}
