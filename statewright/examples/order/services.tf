resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }
}

resource "aws_sqs_queue" "warehouse" {
  name = "warehouse"
}

# The customers' messages also arrive in a queue, where they can be looked at.
resource "aws_sqs_queue" "customers" {
  name = "customers"
}

resource "aws_sqs_queue_policy" "customers" {
  queue_url = aws_sqs_queue.customers.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.customers.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.receipts.arn } }
    }]
  })
}

resource "aws_sns_topic" "receipts" {
  name = "receipts"
}

resource "aws_sns_topic_subscription" "customers" {
  topic_arn            = aws_sns_topic.receipts.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.customers.arn
  raw_message_delivery = true
}

resource "aws_s3_bucket" "archive" {
  bucket        = "order-archive-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}
