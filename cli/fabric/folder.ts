/** Where a network of this project lives unless another folder is named. */
export const NETWORK_DIR = 'runs/fabric'
