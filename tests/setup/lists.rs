//! A profile with several lists: an id that one does not have, a search over all, and going from one to the other.

use super::Home;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

const PEOPLE: [(&str, &str); 3] = [("1", "Kari Nord"), ("2", "Ola Hansen"), ("3", "Firma AS Nord")];
const FIRMS: [(&str, &str); 2] = [("71", "Hansen Rør AS"), ("72", "Nord Bygg AS")];
const ASSIGNMENT: &str = "/api/v1/assignments/9/customers/";
const B2B: &str = "/api/v1/data_owners/2/B2B/customers/";

/// A Cube with two lists of different customers, and what it was asked.
struct TwoLists {
    address: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl TwoLists {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let log = Arc::clone(&log);
                std::thread::spawn(move || answer(&stream.unwrap(), &log));
            }
        });
        Self { address, seen }
    }

    fn home(&self) -> Home {
        Home::with_settings(format!(
            "[profile.work]\nurl = \"{}\"\ntoken_command = [\"echo\", \"demo-token\"]\n\
             lists = [{{ assignment = 9 }}, {{ data_owner = 2, crm_type = \"B2B\" }}]\n",
            self.address
        ))
    }

    /// The customers that were asked for by id.
    fn looked_up(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|path| path.ends_with(|c: char| c.is_ascii_digit())).cloned().collect()
    }
}

fn answer(stream: &TcpStream, seen: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let Some(request) = lines.next() else { return };
    let path = request.split(' ').nth(1).unwrap().to_owned();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let body = body(&path);
    seen.lock().unwrap().push(path);
    let (status, body) = match body {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", json!({ "detail": "Not found." }).to_string()),
    };
    let head =
        format!("Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close", body.len());
    let _ = { stream }.write_all(format!("HTTP/1.1 {status}\r\n{head}\r\n\r\n{body}").as_bytes());
}

fn body(path: &str) -> Option<String> {
    let record =
        |(id, name): &(&str, &str)| json!({ "crm__customer_id": id, "crm__standard_info__name": name });
    let (list, rest): (&[(&str, &str)], _) = match (path.strip_prefix(ASSIGNMENT), path.strip_prefix(B2B)) {
        (Some(rest), _) => (&PEOPLE, rest),
        (None, Some(rest)) => (&FIRMS, rest),
        (None, None) => return path.ends_with("crm_custom_fields/").then(|| "[]".to_owned()),
    };
    if rest.is_empty() {
        let records: Vec<_> = list.iter().map(record).collect();
        return Some(json!({ "count": list.len(), "next": null, "results": records }).to_string());
    }
    list.iter().find(|(id, _)| *id == rest).map(|known| record(known).to_string())
}

#[test]
fn get_asks_the_other_lists_for_whom_the_first_does_not_have() {
    let cube = TwoLists::start();
    let home = cube.home();
    let ended = home.run(&["get", "72"], "");
    assert_eq!((ended.status, ended.out.contains("Nord Bygg AS")), (0, true), "{}", ended.said);
    assert_eq!(ended.said, "cubedex: customer 72 is in data owner 2 · B2B\n");
    assert_eq!(cube.looked_up(), [format!("{ASSIGNMENT}72"), format!("{B2B}72")]);
    let ended = home.run(&["get", "1"], "");
    assert_eq!((ended.status, ended.said.as_str()), (0, ""));
    let ended = home.run(&["get", "9"], "");
    assert_eq!(ended.status, 3);
    assert_eq!(ended.said, "cubedex: no customer 9 in assignment 9 or data owner 2 · B2B\n");
}

#[test]
fn find_looks_in_all_lists_when_told_to() {
    let cube = TwoLists::start();
    let home = cube.home();
    let names = |out: &str| -> Vec<String> {
        let name = |line: &str| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["crm__standard_info__name"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        out.lines().map(name).collect()
    };
    let ended = home.run(&["find", "nord"], "");
    assert_eq!(names(&ended.out), ["Kari Nord", "Firma AS Nord"], "{}", ended.said);
    let ended = home.run(&["find", "nord", "--all-lists"], "");
    assert_eq!(names(&ended.out), ["Kari Nord", "Firma AS Nord", "Nord Bygg AS"]);
    let said: Vec<&str> = ended.said.lines().collect();
    assert!(said[0].starts_with("cubedex: assignment 9: 2 found among all 3 as of "), "{said:?}");
    assert!(said[1].starts_with("cubedex: data owner 2 · B2B: 1 found among all 2 as of "), "{said:?}");
    let ended = home.run(&["find", "id:72", "--all-lists"], "");
    assert_eq!((ended.status, names(&ended.out)), (0, vec!["Nord Bygg AS".to_owned()]));
}

#[test]
fn the_profile_shows_its_lists() {
    let ended = TwoLists::start().home().run(&["profiles"], "");
    assert!(ended.out.contains(" · assignment 9, data owner 2 · B2B  token_command"), "{}", ended.out);
}

#[test]
fn the_browser_finds_an_id_of_another_list_and_goes_there() {
    let cube = TwoLists::start();
    let home = cube.home();
    let mut pty = home.pty(&[]);
    pty.wait_for("3 customers (");
    pty.press("72\r");
    pty.wait_for("72 in data owner 2 · B2B");
    pty.wait_for("Nord Bygg AS");
    pty.press("\x1b");
    pty.wait_for("No match in any field of all 3");
    pty.press("\x1b");
    pty.wait_for("looked up by ID");
    pty.press("\x1bOQ");
    pty.wait_for("· assignment 9  · open now");
    pty.press("\r");
    pty.wait_for("2 customers (");
    pty.wait_for("Hansen Rør AS");
    pty.press("\x1bOQ");
    pty.wait_for("B2B  · open now");
    pty.press("\r");
    pty.wait_for("3 customers (");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}
