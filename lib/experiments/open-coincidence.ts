/** The simulation whose class is a coincidence of two sensors, with the truth beside its windows. */
import { selectModalities } from "../data/select-modalities";
import { type Coincidence, simulateCoincidence } from "../data/simulate-coincidence";
import type { WindowRequest, WindowSource } from "./window-source";

export const openCoincidence = ({
  windowsPerSubject = 600,
}: Pick<WindowRequest, "windowsPerSubject">): Coincidence =>
  simulateCoincidence({ subjects: 12, windowsPerSubject, seed: 1 });

export const coincidenceWindows: WindowSource = (request, modalities) =>
  selectModalities(openCoincidence(request).windows, modalities);
