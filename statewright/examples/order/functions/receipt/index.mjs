export const handler = async ({ orderId, total, currency }) => `Order ${orderId}: ${total} ${currency}`;
