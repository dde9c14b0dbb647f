/** Paths of fields, for people and for look-ups. */
export type Path = readonly PropertyKey[]

/** `communities[0].homes[2].id`; a key that is no plain name is quoted. */
export const pathText = (path: Path): string =>
  path
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`
      const name = String(step)
      if (!/^[A-Za-z_][\w-]*$/.test(name)) return `[${JSON.stringify(name.slice(0, 80))}]`
      return i === 0 ? name : `.${name}`
    })
    .join('')

/** The field that a path in a file is an instance of: `communities[].homes[].id`. */
export const fieldPath = (path: Path): string =>
  path.map((step, i) => (typeof step === 'number' ? '[]' : `${i === 0 ? '' : '.'}${String(step)}`)).join('')
