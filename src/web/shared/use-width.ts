import { type RefObject } from 'preact';
import { useSize } from './use-size.ts';

/** How wide an element is, in pixels; 0 before it is laid out. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  return useSize(element).width;
}
