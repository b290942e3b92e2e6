import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["node_modules/", "**/vendor/", "**/venv/", "**/.venv/"] },
  js.configs.recommended,
  {
    rules: {
      "array-callback-return": "error",
      eqeqeq: "error",
      "max-len": ["error", 120],
      "max-lines-per-function": ["error", 80],
      "no-else-return": "error",
      "no-restricted-syntax": ["error", { selector: "TemplateLiteral TemplateLiteral",
        message: "rjsmin takes spaces out of a template within a template." }],
      "no-shadow": "error",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  { files: ["core/**"], languageOptions: { globals: globals.browser } },
  { files: ["tests/javascript/**"], languageOptions: { globals: globals.node } },
];
