import { unzlibSync } from "fflate";

const SIGNATURE = 0x774f4646;
const HEADER = 44;
const ENTRY = 20;

/**
 * The font inside a web font: WOFF 1.0 (W3C, 2012) is the tables of an OpenType font, each compressed by itself.
 * PDF wants them as they were.
 */
export function fontOfWoff(file: ArrayBuffer): Uint8Array {
  const from = new DataView(file);
  if (from.getUint32(0) !== SIGNATURE) throw new Error("no WOFF font");
  const count = from.getUint16(12);
  const tables = Array.from({ length: count }, (_, place) => {
    const at = HEADER + place * ENTRY;
    const [offset, packed, length] = [at + 4, at + 8, at + 12].map((spot) => from.getUint32(spot));
    const bytes = new Uint8Array(file, offset, packed);
    return {
      tag: from.getUint32(at),
      checksum: from.getUint32(at + 16),
      bytes: packed === length ? bytes : unzlibSync(bytes),
    };
  });
  const start = 12 + count * 16;
  const whole = new Uint8Array(tables.reduce((sum, { bytes }) => sum + even(bytes.length), start));
  const to = new DataView(whole.buffer);
  to.setUint32(0, from.getUint32(4));
  to.setUint16(4, count);
  // How a reader may search the list in halves.
  const power = 2 ** Math.floor(Math.log2(count));
  to.setUint16(6, power * 16);
  to.setUint16(8, Math.log2(power));
  to.setUint16(10, (count - power) * 16);
  let offset = start;
  tables.forEach(({ tag, checksum, bytes }, place) => {
    [tag, checksum, offset, bytes.length].forEach((value, word) => {
      to.setUint32(12 + place * 16 + word * 4, value);
    });
    whole.set(bytes, offset);
    offset += even(bytes.length);
  });
  return whole;
}

/** Tables begin at multiples of four bytes. */
function even(length: number): number {
  return Math.ceil(length / 4) * 4;
}
