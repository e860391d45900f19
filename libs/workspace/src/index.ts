export { generatedFiles } from './generated-files.ts';
export { outOfDate, writeFiles, type GeneratedFile } from './generated-file.ts';
