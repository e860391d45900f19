export function tagProblems(projects: readonly { readonly path: string; readonly tags: readonly string[] }[]): string[];
