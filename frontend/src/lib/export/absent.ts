/** Stands for libraries that another one could load and that are left out of the program (`vite.config.ts`). */
export default undefined;
