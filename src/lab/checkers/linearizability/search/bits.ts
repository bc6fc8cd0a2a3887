/** A set of small numbers, in words of `2 ** WORD_SHIFT` bits: V8 keeps those unboxed. */
export type Bits = readonly number[];

const WORD_SHIFT = 4;
const BITS_PER_WORD = 2 ** WORD_SHIFT;
const WITHIN_WORD = BITS_PER_WORD - 1;

export function noBits(size: number): Bits {
  return Array.from({ length: Math.ceil(size / BITS_PER_WORD) }, () => 0);
}

export function hasBit(bits: Bits, number: number): boolean {
  return (((bits[number >> WORD_SHIFT] as number) >> (number & WITHIN_WORD)) & 1) === 1;
}

export function setBit(bits: number[], number: number): void {
  (bits[number >> WORD_SHIFT] as number) |= 1 << (number & WITHIN_WORD);
}

export function clearBit(bits: number[], number: number): void {
  (bits[number >> WORD_SHIFT] as number) &= ~(1 << (number & WITHIN_WORD));
}

export function includesAll(bits: Bits, others: Bits): boolean {
  for (let word = 0; word < bits.length; word++) {
    if (((others[word] as number) & ~(bits[word] as number)) !== 0) return false;
  }
  return true;
}
