import { AwsError, callAws } from '../aws/call';

/** A value as DynamoDB writes it. */
export interface Attribute {
  readonly S?: string;
  readonly N?: string;
  readonly SS?: string[];
}

export type Item = Record<string, Attribute>;

export interface Condition {
  readonly expression: string;
  readonly values?: Item;
}

/** Seconds since 1970, so many days from now: when DynamoDB may forget an item. */
export function inDays(days: number): Attribute {
  return { N: String(Math.floor(Date.now() / 1000) + days * 86_400) };
}

/** The few calls that are needed of a table with the key `id`. */
export class Table {
  public constructor(private readonly name: string) {}

  public async get(id: string): Promise<Item | undefined> {
    const { Item } = await this.call<{ Item?: Item }>('GetItem', { Key: { id: { S: id } }, ConsistentRead: true });
    return Item;
  }

  /**
   * @param unless an item for which this holds is replaced
   * @returns false when there is another one already
   */
  public put(item: Item & { id: Attribute }, unless?: Condition): Promise<boolean> {
    const condition = ['attribute_not_exists(id)', unless?.expression].filter(Boolean).join(' OR ');
    return this.conditional('PutItem', {
      Item: item,
      ConditionExpression: condition,
      ExpressionAttributeValues: unless?.values,
    });
  }

  /** @returns the item as it is now, or undefined when the condition did not hold */
  public async update(id: string, expression: string, values: Item, condition?: Condition): Promise<Item | undefined> {
    try {
      const { Attributes } = await this.call<{ Attributes?: Item }>('UpdateItem', {
        Key: { id: { S: id } },
        UpdateExpression: expression,
        ReturnValues: 'ALL_NEW',
        ...(condition ? { ConditionExpression: condition.expression } : {}),
        ExpressionAttributeValues: { ...values, ...condition?.values },
      });
      return Attributes;
    } catch (error) {
      return undefinedWhenConditionFailed(error);
    }
  }

  /** @returns false when the condition did not hold */
  public delete(id: string, condition?: Condition): Promise<boolean> {
    return this.conditional('DeleteItem', {
      Key: { id: { S: id } },
      ...(condition ? { ConditionExpression: condition.expression, ExpressionAttributeValues: condition.values } : {}),
    });
  }

  private async conditional(action: string, input: object): Promise<boolean> {
    try {
      await this.call(action, input);
      return true;
    } catch (error) {
      undefinedWhenConditionFailed(error);
      return false;
    }
  }

  private call<T>(action: string, input: object): Promise<T> {
    return callAws<T>('dynamodb', action, { TableName: this.name, ...input });
  }
}

function undefinedWhenConditionFailed(error: unknown): undefined {
  if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') {
    return undefined;
  }
  throw error;
}
