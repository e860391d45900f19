/** The rule that module boundaries rest on, as a pure function. */

/** One sentence for each project that has not exactly one `type:` tag. */
export function tagProblems(projects) {
  return projects
    .map(({ path, tags }) => ({ path, types: tags.filter((tag) => tag.startsWith('type:')) }))
    .filter(({ types }) => types.length !== 1)
    .map(({ path, types }) =>
      types.length === 0
        ? `${path}/package.json: add one "type:" tag under nx.tags; without it no boundary rule applies to the project`
        : `${path}/package.json: keep one of the tags ${types.join(', ')}`,
    );
}
