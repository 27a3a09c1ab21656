import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/dist/", "build/", ".engine/", ".venv/", "node_modules/", "data/"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // noUncheckedIndexedAccess makes `x[i]!` the honest way to say that a loop stays inside its bounds
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  // node:test's `test()` returns a promise that the runner itself awaits
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", name: ["test", "describe", "it"], package: "node:test" },
          ],
        },
      ],
    },
  },
);
