import { readFileSync } from 'node:fs'
import type { ChaincodeInterface } from 'fabric-shim'
import shim from 'fabric-shim'

/** Largest message between peer and chaincode, bytes: what the peer takes too. */
const MESSAGE_BYTES = 104_857_600

// The package's own types leave this function out.
const { server } = shim as unknown as {
  server: (chaincode: ChaincodeInterface, options: object) => { start(): Promise<void> }
}

/** Runs a chaincode as a service, with TLS on both sides; the process's arguments say where and as whom. */
export async function serve(chaincode: ChaincodeInterface): Promise<void> {
  const [ccid, address, key, cert, clientCa] = process.argv.slice(2)
  if (clientCa === undefined) {
    process.stderr.write('usage: CCID ADDRESS KEY CERTIFICATE CLIENT_CA\n')
    process.exit(2)
  }
  await server(chaincode, {
    ccid,
    address,
    tlsProps: { key: readFileSync(key), cert: readFileSync(cert), clientCACerts: readFileSync(clientCa) },
    'grpc.max_receive_message_length': MESSAGE_BYTES,
    'grpc.max_send_message_length': MESSAGE_BYTES,
  }).start()
}
