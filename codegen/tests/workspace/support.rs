//! What the tests of fixtures share.
