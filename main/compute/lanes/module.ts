import { endOfColumns } from './columns.ts';
import { bytesOfTurn, createConstantPool, createLaneCode, unsigned } from './lane-code.ts';
import type { ConstantPool, LaneCode } from './lane-code.ts';

const section = (id: number, content: readonly number[]): readonly number[] => [
  id,
  ...unsigned(content.length),
  ...content,
];
const counted = (items: readonly (readonly number[])[]): readonly number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];
const sized = (content: readonly number[]): readonly number[] => [...unsigned(content.length), ...content];
const nameOf = (text: string): readonly number[] => sized([...new TextEncoder().encode(text)]);

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const integerType = 0x7f;
const vectorType = 0x7b;
/** `(end: i32) => void` */
const typeOfKernel = [0x60, 0x01, integerType, 0x00];
const endOfRows = 0;
const rowOffset = 1;

/** A positive integer where a signed one is due: its highest bit must be seen to be 0. */
const signed = (value: number): readonly number[] => {
  const bytes = unsigned(value);
  const last = bytes.length - 1;
  return (bytes[last]! & 0x40) === 0 ? bytes : [...bytes.slice(0, last), bytes[last]! | 0x80, 0x00];
};

/** do { body } while ((offset += bytesOfTurn) < end) */
function functionOf(write: (code: LaneCode) => void, constants: ConstantPool): readonly number[] {
  const code = createLaneCode({ firstLocal: 2, rowOffset, constants });
  write(code);
  const { bytes, lanes } = code.finish();
  const locals = counted([
    [1, integerType],
    [...unsigned(lanes), vectorType],
  ]);
  const loop = [0x03, 0x40];
  const advance = [0x20, rowOffset, 0x41, bytesOfTurn, 0x6a, 0x22, rowOffset];
  const again = [0x20, endOfRows, 0x49, 0x0d, 0x00];
  return sized([...locals, ...loop, ...bytes, ...advance, ...again, 0x0b, 0x0b]);
}

/**
 * A WebAssembly module with one page of memory, `memory`, and a function for each kernel that runs it over
 * the rows whose byte offsets in a column lie under its argument.
 */
export function moduleOf(
  kernels: Readonly<Record<string, (code: LaneCode) => void>>,
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(kernels);
  const constants = createConstantPool(endOfColumns);
  const functions = Object.values(kernels).map((write) => functionOf(write, constants));
  return Uint8Array.from([
    ...header,
    ...section(1, counted([typeOfKernel])),
    ...section(3, counted(names.map(() => [0]))),
    ...section(5, counted([[0x00, 0x01]])),
    ...section(
      7,
      counted([
        [...nameOf('memory'), 0x02, 0x00],
        ...names.map((name, i) => [...nameOf(name), 0x00, ...unsigned(i)]),
      ]),
    ),
    ...section(10, counted(functions)),
    ...section(11, counted([[0x00, 0x41, ...signed(endOfColumns), 0x0b, ...sized(constants.bytes())]])),
  ]);
}
