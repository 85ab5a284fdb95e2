export const handler = async ({ orderId, total }) => ({ paymentId: `payment-of-${orderId}`, charged: total });
