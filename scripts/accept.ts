/** `npm run accept`: the outputs of the last `npm start` become the committed ones: notebooks, figures, simulated results. */
import { join } from "node:path";
import { workspace } from "fusion";
import { acceptRun } from "./run/accept";

const { root } = workspace;
try {
  const { notebooks, figures, removed } = acceptRun({
    build: join(root, "build"),
    notebooks: join(root, "notebooks"),
    figures: join(root, "figures"),
    results: join(root, "results"),
  });
  console.log(
    `taken over: ${notebooks.length} notebooks, ${figures.length} figures; look at them with: git diff --stat`,
  );
  for (const name of removed) console.log(`removed: figures/${name}, which no notebook draws any more`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
