import { readFileSync } from 'node:fs'
import shim from 'fabric-shim'
import { LedgerChaincode } from './contract.ts'

/** The chaincode as a service: `main.ts CCID ADDRESS KEY CERTIFICATE CLIENT_CA`. */
const [ccid, address, key, cert, clientCa] = process.argv.slice(2)
if (clientCa === undefined) {
  process.stderr.write('usage: main.ts CCID ADDRESS KEY CERTIFICATE CLIENT_CA\n')
  process.exit(2)
}
// The package's own types leave this function out.
const { server } = shim as unknown as {
  server: (chaincode: LedgerChaincode, options: object) => { start(): Promise<void> }
}
await server(new LedgerChaincode(), {
  ccid,
  address,
  tlsProps: { key: readFileSync(key), cert: readFileSync(cert), clientCACerts: readFileSync(clientCa) },
  'grpc.max_receive_message_length': 104_857_600,
  'grpc.max_send_message_length': 104_857_600,
}).start()
