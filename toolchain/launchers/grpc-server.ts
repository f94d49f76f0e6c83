import grpc from "@grpc/grpc-js";

const megabyte = 1024 * 1024;

/** Messages as large as the engine's. */
export const messageSizes = {
  "grpc.max_receive_message_length": 400 * megabyte,
  "grpc.max_send_message_length": 400 * megabyte,
};

/** A server that takes messages as large as the engine's. */
export function grpcServer(): grpc.Server {
  return new grpc.Server(messageSizes);
}

/** Has a server listen to this machine alone, and gives its port. */
export function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}
