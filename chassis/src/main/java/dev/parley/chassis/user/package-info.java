/**
 * What the CRM says of each user, in every service: the user's record binds as the token does
 * (api.md, Conventions). Each node reads the records itself and keeps the few remarkable users in
 * memory, so a request asks nobody.
 */
package dev.parley.chassis.user;
