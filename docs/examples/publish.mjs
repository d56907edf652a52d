// Publishes one message to the pipeline with amqplib: node publish.mjs EXCHANGE FILE
//
// The broker's address is read from PIPELINE_RABBITMQ, for example amqp://user:password@localhost:5672/
// Exit code 0: the broker has stored the message. 1: it has not, and the message has to be published again.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import amqp from 'amqplib';

const [exchange, file] = process.argv.slice(2);
const body = readFileSync(file);

const headers = {};
if (process.env.TRACEPARENT) headers.traceparent = process.env.TRACEPARENT; // the trace goes on where there is one

try {
  const connection = await amqp.connect(process.env.PIPELINE_RABBITMQ);
  const channel = await connection.createConfirmChannel();
  const failed = new Promise((_, reject) => {
    channel.on('error', reject); // for example: there is no such exchange
    channel.on('return', () => reject(new Error('no queue would take it'))); // comes before the confirm
  });
  channel.publish(exchange, '', body, {
    contentType: 'application/json',
    persistent: true,
    mandatory: true, // returned where no queue would take it
    messageId: createHash('sha256').update(body).digest('hex'), // the same message again has the same id
    headers,
  });
  await Promise.race([channel.waitForConfirms(), failed]);
  await connection.close();
  console.log('Published: the broker has stored it.');
} catch (error) {
  console.error(`Not published: ${error.message}`);
  process.exit(1);
}
