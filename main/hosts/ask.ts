import type { CommandName, InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';
import type { PortRequestOptions, ServicePort } from './port.ts';

/** A request with the types of its contract. */
export type Ask = <Name extends CommandName>(
  name: Name,
  input: InputOf<Name>,
) => Promise<Result<OutputOf<Name>>>;

/** The service checks what it is asked and answers in the contract's types; this says so to the compiler. */
export const askOf =
  (port: ServicePort, options?: PortRequestOptions): Ask =>
  async (name, input) =>
    (await port.request(name, input, options)) as Result<OutputOf<typeof name>>;
