import type { Implementation } from "../../providers/implementation.ts";
import { serve, type Provider } from "../../providers/serve.ts";

/** What a contract suite asks of a resource of ours: the steps of the engine, in the words of its implementation. */
export class ResourceSubject<Inputs extends object, Outputs extends Inputs> {
  readonly implementation: Implementation<Inputs, Outputs>;
  readonly provider: Provider;

  constructor(implementation: Implementation<Inputs, Outputs>) {
    this.implementation = implementation;
    this.provider = serve(implementation);
  }

  /** What a refresh finds; throws when the thing is gone. */
  async found(id: string, state: Outputs): Promise<Outputs> {
    const outputs = await this.implementation.read(id, state);
    if (outputs === undefined) throw new Error(`${id} is gone`);
    return outputs;
  }

  /** Whether a preview with a refresh shows a change. */
  async differs(id: string, state: Outputs, news: Inputs): Promise<boolean> {
    const olds = Object.entries(await this.found(id, state));
    const { changes } = await this.provider.diff(
      id,
      Object.fromEntries(olds),
      Object.fromEntries(Object.entries(news)),
    );
    return changes;
  }
}
