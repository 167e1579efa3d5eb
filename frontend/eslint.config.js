/** Lint rules. What the compiler and dependency-cruiser cannot see: ports, URLs, forgotten promises. */
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const throughPorts = 'Clock, randomness, timers and network enter through lib/ports.';
const worldGlobals = [
  'fetch',
  'setTimeout',
  'setInterval',
  'clearTimeout',
  'clearInterval',
  'XMLHttpRequest',
];
const worldSyntax = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: throughPorts },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: throughPorts },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: throughPorts,
  },
  {
    selector: "MemberExpression[object.name='crypto'][property.name='randomUUID']",
    message: throughPorts,
  },
];
const apiUrls = [
  { selector: 'Literal[value=/^\\u002Fv1\\b/]', message: 'Only api/ knows URLs.' },
  { selector: 'TemplateElement[value.raw=/^\\u002Fv1\\b/]', message: 'Only api/ knows URLs.' },
];

export default ts.config(
  { ignores: ['node_modules', '**/*.cjs'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', 'src/service-worker.ts'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 40, skipComments: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Our paths come from the route table, not from SvelteKit.
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/no-at-html-tags': 'error',
      // Plain maps and sets are right where nothing on screen depends on them.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  { files: ['**/*.svelte'], rules: { 'max-lines': ['error', 200] } },
  {
    files: ['src/**', 'resident/src/**'],
    ignores: ['src/lib/ports.ts', 'src/service-worker.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...worldGlobals.map((name) => ({ name, message: throughPorts })),
      ],
      'no-restricted-syntax': ['error', ...worldSyntax, ...apiUrls],
    },
  },
  {
    files: ['src/api/**', 'resident/src/asking.ts'],
    rules: { 'no-restricted-syntax': ['error', ...worldSyntax] },
  },
  {
    // Tests tell stories: a `describe` is a function of any length.
    files: ['test/**', '**/*.test.ts', '*.config.*'],
    languageOptions: { globals: { ...globals.node } },
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
