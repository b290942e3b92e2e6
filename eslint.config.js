import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["node_modules/", "**/venv/", "**/.venv/", "core/ui/components/{convolution,live,player}/"] },
  js.configs.recommended,
  {
    rules: {
      "array-callback-return": "error",
      eqeqeq: "error",
      "max-lines-per-function": ["error", 80],
      "no-else-return": "error",
      "no-shadow": "error",
      "no-use-before-define": ["error", { functions: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  { files: ["core/**"], languageOptions: { globals: globals.browser } },
  { files: ["tests/javascript/**"], languageOptions: { globals: globals.node }, rules: { "max-lines-per-function": "off" } },
];
