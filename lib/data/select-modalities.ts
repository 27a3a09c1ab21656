/** The same windows with some of their modalities, or with all of them in another order. */
import type { Windows } from "./windows";

/**
 * Tracks are shared, presence is stacked anew.
 *
 * @param names in the order of the presence axis
 * @throws naming a modality that the windows lack
 */
export function selectModalities(windows: Windows, names: readonly string[]): Windows {
  const places = names.map((name) => windows.names.indexOf(name));
  const missing = names.filter((_, i) => places[i] === -1);
  if (missing.length > 0)
    throw new Error(
      `selectModalities: expected modalities among [${windows.names.join(", ")}], got ${missing.join(", ")}; cut windows with them`,
    );
  const presence = Uint8Array.from(
    { length: windows.count * names.length },
    (_, i) => windows.presence[Math.floor(i / names.length) * windows.names.length + places[i % names.length]!]!,
  );
  const tracks = Object.fromEntries(names.map((name) => [name, windows.tracks[name]!]));
  return { ...windows, names: [...names], tracks, presence };
}
