/** A refusal by the Base node. */
export class BaseRpcError extends Error {}

/** The JSON-RPC client of the devnet's own errands. */
export class BaseClient {
  #ids = 0;

  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  /**
   * @param {string} method
   * @param {any[]} [params]
   * @returns {Promise<any>}
   */
  async call(method, params = []) {
    this.#ids += 1;
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: this.#ids, method, params }),
    });
    const { result, error } = await response.json();
    if (error) throw new BaseRpcError(`${method}: ${error.message}`);
    return result;
  }

  /**
   * Sends a transaction from an account the node signs for, and waits for its block.
   *
   * @param {{from: string, to?: string, data?: string, value?: bigint, gas?: number}} transaction
   * @returns {Promise<{transactionHash: string, blockNumber: string, status: string}>} receipt of a success
   */
  async send({ from, to, data, value = 0n, gas = 8_000_000 }) {
    const hash = await this.call('eth_sendTransaction', [{ from, to, data, value: toHex(value), gas: toHex(gas) }]);
    const receipt = await this.receipt(hash);
    if (receipt.status !== '0x1') throw new BaseRpcError(`transaction ${hash} to ${to} was reverted`);
    return receipt;
  }

  async receipt(hash, timeoutMs = 20_000) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const receipt = await this.call('eth_getTransactionReceipt', [hash]);
      if (receipt !== null) return receipt;
      if (Date.now() > deadline) throw new BaseRpcError(`transaction ${hash} is in no block after ${timeoutMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /**
   * @param {string} to
   * @param {string} data
   * @param {{from?: string, gas?: number}} [options]
   * @returns {Promise<string>}
   */
  read(to, data, { from, gas = 16_000_000 } = {}) {
    return this.call('eth_call', [{ from, to, data, gas: toHex(gas) }, 'latest']);
  }
}

/** @param {bigint | number} value */
export const toHex = (value) => `0x${value.toString(16)}`;
