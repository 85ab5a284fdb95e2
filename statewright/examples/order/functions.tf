locals {
  functions = {
    price   = { runtime = "python3.13", handler = "index.handler" }
    charge  = { runtime = "nodejs22.x", handler = "index.handler" }
    receipt = { runtime = "nodejs22.x", handler = "index.handler" }
  }
}

data "archive_file" "function" {
  for_each    = local.functions
  type        = "zip"
  source_dir  = "${path.module}/functions/${each.key}"
  output_path = "${path.module}/build/${each.key}.zip"
}

resource "aws_cloudwatch_log_group" "function" {
  for_each          = local.functions
  name              = "/aws/lambda/order-${each.key}"
  retention_in_days = 7
}

resource "aws_iam_role" "function" {
  for_each = local.functions
  name     = "order-${each.key}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "logs" {
  for_each = local.functions
  name     = "logs"
  role     = aws_iam_role.function[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.function[each.key].arn}:*"
    }]
  })
}

resource "aws_lambda_function" "function" {
  for_each         = local.functions
  function_name    = "order-${each.key}"
  handler          = each.value.handler
  runtime          = each.value.runtime
  role             = aws_iam_role.function[each.key].arn
  filename         = data.archive_file.function[each.key].output_path
  source_code_hash = data.archive_file.function[each.key].output_base64sha256
  depends_on       = [aws_iam_role_policy.logs]
}
