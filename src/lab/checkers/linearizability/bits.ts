/** A set of small numbers, as words of `BITS_PER_WORD` bits. */
export type Bits = readonly number[];

/** What fits into a number that V8 keeps unboxed. */
const BITS_PER_WORD = 30;

export function noBits(size: number): Bits {
  return Array.from({ length: Math.ceil(size / BITS_PER_WORD) }, () => 0);
}

export function hasBit(bits: Bits, number: number): boolean {
  return (
    ((bits[Math.floor(number / BITS_PER_WORD)] as number) >> (number % BITS_PER_WORD)) % 2 === 1
  );
}

export function setBit(bits: number[], number: number): void {
  (bits[Math.floor(number / BITS_PER_WORD)] as number) |= 1 << (number % BITS_PER_WORD);
}

export function clearBit(bits: number[], number: number): void {
  (bits[Math.floor(number / BITS_PER_WORD)] as number) &= ~(1 << (number % BITS_PER_WORD));
}

export function includesAll(bits: Bits, others: Bits): boolean {
  for (let word = 0; word < bits.length; word++) {
    if (((others[word] as number) & ~(bits[word] as number)) !== 0) return false;
  }
  return true;
}
