/** The recurrent fixtures: PyTorch's parameters as tensors, its losses, and gradients by PyTorch's names. */
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { assertClose } from "../close";

type Numbers = readonly number[] | readonly Numbers[];
type Named = Readonly<Record<string, Numbers>>;
type Gradients = Readonly<Partial<Record<"of_loss" | "of_loss_last", Named>>>;

export interface RecurrentCase {
  readonly name: string;
  readonly float32_atol: { readonly expected: number; readonly gradients: number };
  readonly inputs: Named;
  readonly parameters: Named;
  readonly expected: Readonly<Record<string, Numbers | number>>;
  readonly gradients: Gradients;
}

/** The cases of a fixture; the JSON's own type lists the names of each case apart. */
export const casesOf = (fixture: { readonly cases: readonly unknown[] }): readonly RecurrentCase[] =>
  fixture.cases as readonly RecurrentCase[];

/** y [batch, time, hidden], h_n and c_n [layer, batch, hidden] */
export type TorchOutputs = { readonly y: tf.Tensor; readonly h_n: tf.Tensor; readonly c_n?: tf.Tensor };

/** The module under test: from PyTorch's inputs and parameters, by name, to its outputs. */
export type TorchModule = (named: tf.NamedTensorMap) => TorchOutputs;

export const tensorsOf = (c: RecurrentCase): tf.NamedTensorMap =>
  Object.fromEntries(
    Object.entries({ ...c.inputs, ...c.parameters }).map(([name, x]) => [name, tf.tensor(x as number[])]),
  );

/** Everything that the fixture lists, eagerly or compiled, by names such as `y` and `of_loss/weight_ih_l0`. */
export function outputsOf(
  c: RecurrentCase,
  module: TorchModule,
  way: "eager" | "compiled",
): tf.NamedTensorMap {
  const everything = (named: tf.NamedTensorMap): tf.NamedTensorMap => {
    const outputs = module(named);
    const losses = { of_loss: fullLoss, of_loss_last: lastLoss };
    const gradients = Object.entries(c.gradients).flatMap(([loss, expected]) => {
      const names = Object.keys(expected);
      const of = (...given: tf.Tensor[]): tf.Scalar => {
        const all = { ...named, ...Object.fromEntries(names.map((name, i) => [name, given[i]!])) };
        return losses[loss as keyof typeof losses](module(all), all);
      };
      const grads = tf.grads(of)(names.map((name) => named[name]!));
      return names.map((name, i) => [`${loss}/${name}`, grads[i]!] as const);
    });
    return { ...outputs, loss: fullLoss(outputs, named), ...Object.fromEntries(gradients) };
  };
  const inputs = tensorsOf(c);
  return way === "eager" ? tf.tidy(() => everything(inputs)) : jit(c.name, everything, [])(inputs);
}

function fullLoss(outputs: TorchOutputs, named: tf.NamedTensorMap): tf.Scalar {
  let loss = outputs.y.mul(named["loss_weights_y"]!).sum();
  for (const name of ["h_n", "c_n"] as const) {
    const weights = named[`loss_weights_${name}`];
    if (weights) loss = loss.add(outputs[name]!.mul(weights).sum());
  }
  return loss.asScalar();
}

const lastLoss = ({ y }: TorchOutputs, named: tf.NamedTensorMap): tf.Scalar =>
  y
    .slice([0, y.shape[1]! - 1], [-1, 1])
    .squeeze([1])
    .mul(named["loss_weights_last"]!)
    .sum()
    .asScalar();

/** Asserts every value and every gradient of the case, at its own tolerance. */
export function assertAgrees(c: RecurrentCase, got: tf.NamedTensorMap): void {
  for (const name of ["y", "h_n", "c_n", "loss"])
    if (c.expected[name] !== undefined)
      assertClose(got[name]!.dataSync(), c.expected[name] as number[], c.float32_atol.expected, 1e-5, name);
  for (const [loss, gradients] of Object.entries(c.gradients))
    for (const [name, expected] of Object.entries(gradients)) {
      const place = `${loss}/${name}`;
      assertClose(got[place]!.dataSync(), expected as number[], c.float32_atol.gradients, 1e-5, place);
    }
}
