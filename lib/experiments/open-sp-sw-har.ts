/** SP-SW-HAR as an experiment wants it. */
import { cutWindows } from "../data/cut-windows";
import { readSpSwHar } from "../data/sp-sw-har";
import type { WindowSource } from "./window-source";

export const openSpSwHar: WindowSource = async ({ window }, names, { find }) =>
  cutWindows(await readSpSwHar(find("sp-sw-har")), { ...window, names });
