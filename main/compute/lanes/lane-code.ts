/** Doubles or masks of as many rows as a turn of the loop takes, in locals of two rows each. */
export interface Lane {
  readonly locals: readonly number[];
}
/** Locals that a turn works on side by side, so that one's waiting is the other's work. */
const pairs = 2;
/** Coefficients from which a polynomial is computed in two halves: two short waits instead of a long one. */
const longPolynomial = 8;
const bytesOfPair = 16;
export const bytesOfTurn = pairs * bytesOfPair;
/** A lane, or one number for every row. */
export type Operand = Lane | number;

const opcodes = {
  load: 0x00,
  store: 0x0b,
  loadBoth: 0x0a,
  and: 0x4e,
  andNot: 0x4f,
  or: 0x50,
  select: 0x52,
  anyTrue: 0x53,
  equal: 0x47,
  less: 0x49,
  greater: 0x4a,
  atMost: 0x4b,
  atLeast: 0x4c,
  shiftLeft: 0xcb,
  shiftRight: 0xcd,
  addBits: 0xce,
  subtractBits: 0xd1,
  abs: 0xec,
  negate: 0xed,
  root: 0xef,
  add: 0xf0,
  subtract: 0xf1,
  multiply: 0xf2,
  divide: 0xf3,
} as const;

const localGet = 0x20;
const localSet = 0x21;
const constantOfInteger = 0x41;
const vectorPrefix = 0xfd;
const ifBlock = [0x04, 0x40];
const end = 0x0b;

/** Unsigned integers as WebAssembly writes them, seven bits a byte. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const more = rest > 0x7f;
    bytes.push((rest & 0x7f) | (more ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

/** Constants in the module's memory, each once: reading one takes an instruction, building one takes three. */
export interface ConstantPool {
  /** Where the eight bytes of a constant lie. */
  readonly addressOf: (value: number | bigint) => number;
  readonly bytes: () => readonly number[];
}

export function createConstantPool(start: number): ConstantPool {
  const addresses = new Map<bigint, number>();
  const view = new DataView(new ArrayBuffer(8));
  return {
    addressOf: (value) => {
      if (typeof value === 'number') view.setFloat64(0, value);
      else view.setBigInt64(0, value);
      const bits = view.getBigUint64(0);
      const address = addresses.get(bits) ?? start + 8 * addresses.size;
      addresses.set(bits, address);
      return address;
    },
    bytes: () =>
      [...addresses.keys()].flatMap((bits) => {
        view.setBigUint64(0, bits, true);
        return [...new Uint8Array(view.buffer)];
      }),
  };
}

type Binary = (left: Operand, right: Operand) => Lane;

/** Writers of instructions, each giving the lane its result is in. */
export interface LaneCode {
  readonly add: Binary;
  readonly subtract: Binary;
  readonly multiply: Binary;
  readonly divide: Binary;
  readonly root: (value: Lane) => Lane;
  readonly abs: (value: Lane) => Lane;
  readonly negate: (value: Lane) => Lane;
  readonly less: Binary;
  readonly greater: Binary;
  readonly atMost: Binary;
  readonly atLeast: Binary;
  readonly equal: Binary;
  readonly and: Binary;
  /** Bits of the left without those of the right. */
  readonly without: Binary;
  /** The first where the mask is set, else the second. */
  readonly select: (mask: Lane, yes: Operand, no: Operand) => Lane;
  readonly addBits: (left: Lane, right: bigint) => Lane;
  readonly subtractBits: (left: Lane | bigint, right: Lane) => Lane;
  readonly orBits: (left: Lane, right: bigint) => Lane;
  readonly shiftLeft: (value: Lane, places: number) => Lane;
  readonly shiftRight: (value: Lane, places: number) => Lane;
  /** Horner's rule, lowest power first; of long ones the even and odd powers apart, as in the twin. */
  readonly polynomial: (coefficients: readonly number[], at: Lane) => Lane;
  /** The current rows of a column that starts at a byte offset. */
  readonly load: (column: number) => Lane;
  readonly store: (column: number, value: Lane) => void;
  readonly variable: (value: Operand) => Lane;
  readonly assign: (variable: Lane, value: Operand) => void;
  /** Runs where the mask is set in any row; what it assigns must not matter to the others. */
  readonly whereAny: (mask: Lane, write: () => void) => void;
  /** What was written, and how many locals it took. */
  readonly finish: () => { readonly bytes: readonly number[]; readonly lanes: number };
}

/**
 * Writes the body of a loop over rows, two at a time; each operation leaves its result in a local of its
 * own, which the engine's compiler turns into registers.
 *
 * @param firstLocal the number of locals taken before: parameters and counters
 * @param rowOffset  the local with the byte offset of the current rows in every column
 */
export function createLaneCode(request: {
  readonly firstLocal: number;
  readonly rowOffset: number;
  readonly constants: ConstantPool;
}): LaneCode {
  const bytes: number[] = [];
  const at = (offset: number): readonly number[] => [3, ...unsigned(offset)];
  let lanes = 0;

  const vector = (opcode: number): void => {
    bytes.push(vectorPrefix, ...unsigned(opcode));
  };
  const push = (operand: Operand | bigint, pair: number): void => {
    if (typeof operand === 'object') bytes.push(localGet, ...unsigned(operand.locals[pair]!));
    else {
      bytes.push(constantOfInteger, 0);
      vector(opcodes.loadBoth);
      bytes.push(...at(request.constants.addressOf(operand)));
    }
  };
  /** Writes for each pair in turn what leaves a value on the stack, and takes it into a local. */
  const each = (write: (pair: number) => void): Lane => ({
    locals: Array.from({ length: pairs }, (_, pair) => {
      write(pair);
      const local = request.firstLocal + lanes++;
      bytes.push(localSet, ...unsigned(local));
      return local;
    }),
  });
  const operation =
    (opcode: number) =>
    (...operands: readonly (Operand | bigint)[]): Lane =>
      each((pair) => {
        for (const operand of operands) push(operand, pair);
        vector(opcode);
      });
  const binary = (opcode: number): ((left: Operand, right: Operand) => Lane) => operation(opcode);
  const shift =
    (opcode: number) =>
    (value: Lane, places: number): Lane =>
      each((pair) => {
        push(value, pair);
        bytes.push(constantOfInteger, places);
        vector(opcode);
      });
  const add = binary(opcodes.add);
  const multiply = binary(opcodes.multiply);

  const horner = (coefficients: readonly number[], at: Lane): Lane => {
    const [highest, ...rest] = coefficients.toReversed();
    let value: Operand = highest ?? 0;
    for (const coefficient of rest) value = add(multiply(value, at), coefficient);
    return value as Lane;
  };

  return {
    add,
    multiply,
    subtract: binary(opcodes.subtract),
    divide: binary(opcodes.divide),
    root: (value: Lane): Lane => operation(opcodes.root)(value),
    abs: (value: Lane): Lane => operation(opcodes.abs)(value),
    negate: (value: Lane): Lane => operation(opcodes.negate)(value),
    less: binary(opcodes.less),
    greater: binary(opcodes.greater),
    atMost: binary(opcodes.atMost),
    atLeast: binary(opcodes.atLeast),
    equal: binary(opcodes.equal),
    and: binary(opcodes.and),
    without: binary(opcodes.andNot),
    select: (mask: Lane, yes: Operand, no: Operand): Lane => operation(opcodes.select)(yes, no, mask),
    addBits: (left: Lane, right: bigint): Lane => operation(opcodes.addBits)(left, right),
    subtractBits: (left: Lane | bigint, right: Lane): Lane => operation(opcodes.subtractBits)(left, right),
    orBits: (left: Lane, right: bigint): Lane => operation(opcodes.or)(left, right),
    shiftLeft: shift(opcodes.shiftLeft),
    shiftRight: shift(opcodes.shiftRight),
    polynomial: (coefficients, at) => {
      if (coefficients.length < longPolynomial) return horner(coefficients, at);
      const square = multiply(at, at);
      const even = horner(
        coefficients.filter((_, power) => power % 2 === 0),
        square,
      );
      const odd = horner(
        coefficients.filter((_, power) => power % 2 === 1),
        square,
      );
      return add(even, multiply(at, odd));
    },
    load: (column: number): Lane =>
      each((pair) => {
        bytes.push(localGet, request.rowOffset);
        vector(opcodes.load);
        bytes.push(...at(column + pair * bytesOfPair));
      }),
    store: (column: number, value: Lane): void => {
      for (let pair = 0; pair < pairs; pair++) {
        bytes.push(localGet, request.rowOffset);
        push(value, pair);
        vector(opcodes.store);
        bytes.push(...at(column + pair * bytesOfPair));
      }
    },
    variable: (value: Operand): Lane => each((pair) => push(value, pair)),
    assign: (variable: Lane, value: Operand): void => {
      for (const [pair, local] of variable.locals.entries()) {
        push(value, pair);
        bytes.push(localSet, ...unsigned(local));
      }
    },
    whereAny: (mask: Lane, write: () => void): void => {
      for (let pair = 0; pair < pairs; pair++) {
        push(mask, pair);
        if (pair === 0) continue;
        vector(opcodes.or);
      }
      vector(opcodes.anyTrue);
      bytes.push(...ifBlock);
      write();
      bytes.push(end);
    },
    finish: () => ({ bytes, lanes }),
  };
}
