import { clearNothing, type Clearing, type Worth } from './mechanism.ts'

/** No trading: every home deals with the utility alone. */
export function clearNone(
  _surplus: Int32Array,
  _deficit: Int32Array,
  _worth: Worth,
  clearing: Clearing,
): void {
  clearNothing(clearing)
}
