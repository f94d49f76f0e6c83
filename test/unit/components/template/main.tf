resource "terraform_data" "workspace" {}
