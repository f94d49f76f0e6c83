# The fleet as one Terraform state: what most people begin with. Addresses and credentials come from the environment.
terraform {
  required_providers {
    postgresql = { source = "terraform-providers/postgresql" }
    keycloak   = { source = "keycloak/keycloak" }
  }
}

variable "tenants" {
  type = set(string)
}

variable "locale" {
  type = string
}

module "tenant" {
  source   = "./tenant"
  for_each = var.tenants
  id       = each.key
  locale   = var.locale
}
