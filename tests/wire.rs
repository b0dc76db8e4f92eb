//! The browser and the client against servers, proxies and certificates that are wrong in every way that the wire
//! allows. What is asserted is what a person sees, what is kept, and how often it is asked again.

mod certificates;
mod clock;
mod play;
mod server;

mod broken;
mod connections;
mod immense;
mod lists;
mod proxies;
mod records;
mod redirects;
mod silent;
mod slow;
mod statuses;
mod tls;
