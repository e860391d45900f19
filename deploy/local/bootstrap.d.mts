/** The parts of bootstrap.mjs that have tests. */
export interface LockFile {
  readonly packages?: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}
export function isNewEnough(version: string): boolean;
export function areInstalled(wanted: LockFile | undefined, installed: LockFile | undefined): boolean;
/** Reads `.env` beside package.json, or another file; what the environment sets already stays. */
export function loadEnvironment(file?: string): void;
/** The folder of the workspace. */
export const root: string;
/** Every folder that holds a project. */
export function projectFolders(): string[];
