terraform {
  required_providers {
    aws     = { source = "hashicorp/aws" }
    archive = { source = "hashicorp/archive" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

data "archive_file" "charge" {
  type        = "zip"
  source_file = "${path.module}/index.js"
  output_path = "${path.module}/charge.zip"
}

resource "aws_iam_role" "charge" {
  name = "charge"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_lambda_function" "charge" {
  function_name    = "charge"
  role             = aws_iam_role.charge.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = data.archive_file.charge.output_path
  source_code_hash = data.archive_file.charge.output_base64sha256
}

resource "aws_iam_role" "order" {
  name = "order"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "order" {
  name = "invoke"
  role = aws_iam_role.order.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.charge.arn }]
  })
}

resource "aws_sfn_state_machine" "order" {
  name       = "order"
  role_arn   = aws_iam_role.order.arn
  depends_on = [aws_iam_role_policy.order]
  definition = templatefile("${path.module}/order.asl.json", { charge = aws_lambda_function.charge.arn })
}

output "state_machine_arn" {
  value = aws_sfn_state_machine.order.arn
}
