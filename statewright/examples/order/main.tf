terraform {
  required_providers {
    aws     = { source = "hashicorp/aws" }
    archive = { source = "hashicorp/archive" }
  }
}

provider "aws" {
  region            = "us-east-1"
  s3_use_path_style = true # Emulators of S3 have no DNS names for buckets.
}

data "aws_caller_identity" "current" {}

output "order_arn" {
  value = aws_sfn_state_machine.order.arn
}

output "warehouse_url" {
  value = aws_sqs_queue.warehouse.url
}

output "customers_url" {
  value = aws_sqs_queue.customers.url
}

output "bucket" {
  value = aws_s3_bucket.archive.bucket
}
