# What a tenant with one person has, resource by resource as the project's components make it. Two of theirs have no
# counterpart: migrations, and what PUBLIC may do. What the groups may do inside the database is left out too.
terraform {
  required_providers {
    postgresql = { source = "terraform-providers/postgresql" }
    keycloak   = { source = "keycloak/keycloak" }
  }
}

variable "id" {
  type = string
}

variable "locale" {
  type = string
}

locals {
  roles = toset(["tenant_admin", "application_manager", "developer", "auditor"])
}

resource "postgresql_role" "owner" {
  name                = "${var.id}_owner"
  login               = false
  skip_reassign_owned = true
}

resource "postgresql_role" "group" {
  for_each            = local.roles
  name                = "${var.id}_${each.key}"
  login               = false
  skip_reassign_owned = true
}

resource "postgresql_database" "this" {
  name             = var.id
  owner            = postgresql_role.owner.name
  encoding         = "UTF8"
  template         = "template0"
  lc_collate       = var.locale
  lc_ctype         = var.locale
  connection_limit = 10
  depends_on       = [postgresql_role.group]
}

resource "postgresql_grant" "group" {
  for_each    = local.roles
  database    = postgresql_database.this.name
  role        = postgresql_role.group[each.key].name
  object_type = "database"
  privileges  = ["CONNECT"]
}

resource "terraform_data" "password" {
  input = "Tenantry-bench-${var.id}-one-time"
}

resource "postgresql_role" "login" {
  name       = "${var.id}_ann"
  login      = true
  password   = terraform_data.password.output
  roles      = [postgresql_role.group["developer"].name]
  depends_on = [postgresql_database.this]
}

resource "keycloak_realm" "this" {
  realm        = var.id
  display_name = var.id
  enabled      = true
  attributes   = { tenant = var.id }

  registration_allowed           = false
  registration_email_as_username = false
  edit_username_allowed          = false
  reset_password_allowed         = false
  remember_me                    = false
  verify_email                   = false
  login_with_email_allowed       = true
  duplicate_emails_allowed       = false
  user_managed_access            = false
  ssl_required                   = "external"
  password_policy                = "length(12) and notUsername(undefined) and notEmail(undefined) and notContainsUsername(undefined) and passwordHistory(3)"

  default_signature_algorithm = "RS256"
  revoke_refresh_token        = true
  refresh_token_max_reuse     = 0
  sso_session_idle_timeout    = "30m0s"
  sso_session_max_lifespan    = "10h0m0s"
  access_token_lifespan       = "5m0s"

  security_defenses {
    headers {
      x_frame_options           = "SAMEORIGIN"
      strict_transport_security = "max-age=31536000; includeSubDomains"
    }
    brute_force_detection {
      permanent_lockout                = false
      max_login_failures               = 5
      wait_increment_seconds           = 60
      max_failure_wait_seconds         = 900
      minimum_quick_login_wait_seconds = 60
      quick_login_check_milli_seconds  = 1000
      failure_reset_time_seconds       = 43200
    }
  }
}

resource "keycloak_realm_user_profile" "this" {
  realm_id = keycloak_realm.this.id

  attribute {
    name         = "username"
    display_name = "$${username}"
    permissions {
      view = ["admin", "user"]
      edit = ["admin"]
    }
    validator {
      name   = "length"
      config = { min = "3", max = "255" }
    }
    validator {
      name = "username-prohibited-characters"
    }
    validator {
      name = "up-username-not-idn-homograph"
    }
  }

  dynamic "attribute" {
    for_each = { email = ["email", "length"], firstName = ["length", "person-name-prohibited-characters"], lastName = ["length", "person-name-prohibited-characters"] }
    content {
      name               = attribute.key
      display_name       = "$${${attribute.key}}"
      required_for_roles = ["user"]
      permissions {
        view = ["admin", "user"]
        edit = ["admin"]
      }
      dynamic "validator" {
        for_each = attribute.value
        content {
          name   = validator.value
          config = validator.value == "length" ? { max = "255" } : null
        }
      }
    }
  }
}

resource "keycloak_default_roles" "this" {
  realm_id      = keycloak_realm.this.id
  default_roles = []
}

resource "keycloak_role" "this" {
  for_each = local.roles
  realm_id = keycloak_realm.this.id
  name     = each.key
}

resource "keycloak_user" "ann" {
  realm_id       = keycloak_realm.this.id
  username       = "ann"
  email          = "ann@${var.id}.example"
  email_verified = true
  first_name     = "Ann"
  last_name      = "Example"
  initial_password {
    value     = terraform_data.password.output
    temporary = true
  }
  lifecycle {
    ignore_changes = [initial_password, required_actions, federated_identity]
  }
  depends_on = [keycloak_realm_user_profile.this]
}

resource "keycloak_user_roles" "ann" {
  realm_id   = keycloak_realm.this.id
  user_id    = keycloak_user.ann.id
  exhaustive = true
  role_ids   = [keycloak_default_roles.this.id, keycloak_role.this["developer"].id]
}

resource "keycloak_user_groups" "ann" {
  realm_id   = keycloak_realm.this.id
  user_id    = keycloak_user.ann.id
  exhaustive = true
  group_ids  = []
}
