/** No trading: every home deals with the utility alone. */
export function clearNone(): void {}
