/** What each module of `fusion` does and imports, without its comments: a result's key covers the code it can reach. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

/**
 * Writes lib/dist/code-index.json: module -> { hash of its JavaScript without comments, modules of ours it imports },
 * and for a registry also its `members`, each with the hash and the imports of its own line and what the line names.
 */
export function writeCodeIndex(root) {
  const ts = createRequire(import.meta.url)("typescript");
  const dist = join(root, "lib", "dist");
  const printer = ts.createPrinter({ removeComments: true });
  const index = {};
  for (const file of readdirSync(dist, { recursive: true })
    .map(String)
    .filter((f) => f.endsWith(".js"))
    .sort()) {
    const path = join(dist, file);
    const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
    const toModule = (name) => relative(dist, join(dirname(path), name)).replaceAll("\\", "/");
    const whole = describe(printer.printFile(source).replace(/\n?\/\/# sourceMappingURL=.*/, ""), toModule);
    const members = /(^|[/\\-])registry\.js$/.test(file)
      ? membersOf(ts, printer, source, toModule)
      : undefined;
    index[file.replace(/\.js$/, "").replaceAll("\\", "/")] = { ...whole, ...(members && { members }) };
  }
  writeFileSync(join(dist, "code-index.json.part"), JSON.stringify(index, null, 1));
  renameSync(join(dist, "code-index.json.part"), join(dist, "code-index.json"));
}

function describe(text, toModule) {
  const imports = [...text.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, name]) => toModule(name));
  return {
    hash: createHash("sha256").update(text).digest("hex"),
    imports: [...new Set(imports)].sort(),
  };
}

/** The lines of the registry's table (its one `exports.x = { ... }`), each with the top-level statements that it names. */
function membersOf(ts, printer, source, toModule) {
  const print = (node) => printer.printNode(ts.EmitHint.Unspecified, node, source);
  const named = new Map(); // what a top-level statement declares -> the statement
  let table;
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations)
        named.set(name.getText(source), statement);
    if (ts.isFunctionDeclaration(statement)) named.set(statement.name.text, statement);
    const assigned = ts.isExpressionStatement(statement) && statement.expression;
    if (
      !assigned ||
      !ts.isBinaryExpression(assigned) ||
      !/^exports\.\w+$/.test(assigned.left.getText(source))
    )
      continue;
    if (ts.isObjectLiteralExpression(assigned.right) && !table) table = assigned.right;
    else if (!ts.isVoidExpression(assigned.right)) named.set(assigned.left.name.text, statement);
  }
  if (!table) return undefined;
  const reach = (node, seen) => {
    const visit = (n) => {
      const statement = ts.isIdentifier(n) ? named.get(n.text) : undefined;
      if (statement && !seen.has(statement)) {
        seen.add(statement);
        reach(statement, seen);
      }
      ts.forEachChild(n, visit);
    };
    visit(node);
    return seen;
  };
  const shared = table.properties.filter((line) => !line.name); // a spread belongs to every member
  return Object.fromEntries(
    table.properties
      .filter((line) => line.name)
      .map((line) => {
        const lines = [...shared, line];
        const reached = lines.reduce((seen, node) => reach(node, seen), new Set());
        const statements = source.statements.filter((statement) => reached.has(statement));
        const name =
          ts.isIdentifier(line.name) || ts.isStringLiteral(line.name) ? line.name.text : print(line.name);
        return [name, describe([...statements, ...lines].map(print).join("\n"), toModule)];
      }),
  );
}
