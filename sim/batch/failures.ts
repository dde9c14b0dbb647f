/** Why a run of a batch gave no result; the same run fails with the same words. */
export interface RunFailure {
  /** Kind of the error, or `bug` for one that is not the user's to act on. */
  readonly kind: string
  readonly message: string
}
