interface Order {
  readonly id: string;
  readonly amount: number;
}

class CardDeclined extends Error {
  override readonly name = 'CardDeclined';
}

export async function handler({ id, amount }: Order) {
  if (amount > 100) throw new CardDeclined(`${amount} is more than the card allows`);
  console.log(`charged ${id}`);
  return { id, charged: amount };
}
