//! A program that uses every public item of the crate of `model.json`.

#![allow(deprecated)]

use shop::operations::{
    DeleteItem, DeleteItemBuilder, DeleteItemOutput, GetItem, GetItemBuilder, GetItemOutput, GetItemOutputBuilder, ListItems, ListItemsBuilder,
    ListItemsOutput, ListItemsOutputBuilder, PutItem, PutItemBuilder, PutItemOutput, PutItemOutputBuilder,
};
use shop::rt::{self, Operation, Paginated, PaginatedItems, json};
use shop::types::{
    Color, Conflict, ConflictBuilder, Item, ItemBuilder, Kind, Level, Missing, MissingBuilder, Size, SizeBuilder,
};
use shop::{Client, Error};

pub fn plain<T: Clone + std::fmt::Debug + PartialEq>() {}
pub fn blank<T: Default>() {}
pub fn value<T: Clone + std::fmt::Debug + PartialEq + Eq + std::hash::Hash + PartialOrd + Ord>() {}
pub fn coded<T: json::Encode + json::Decode>() {}
pub fn answer<T: rt::FromResponse>() {}
pub fn error<T: rt::OperationError + std::error::Error>() {}

pub fn traits() {
    plain::<PutItem>();
    plain::<PutItemOutput>();
    plain::<GetItem>();
    plain::<GetItemOutput>();
    plain::<DeleteItem>();
    plain::<DeleteItemOutput>();
    plain::<ListItems>();
    plain::<ListItemsOutput>();
    plain::<Item>();
    plain::<Size>();
    plain::<Kind>();
    plain::<Conflict>();
    plain::<Missing>();
    blank::<ListItems>();
    blank::<ListItemsOutput>();
    blank::<GetItemOutput>();
    blank::<DeleteItemOutput>();
    blank::<Conflict>();
    blank::<Missing>();
    value::<Color>();
    value::<Level>();
    coded::<Item>();
    coded::<Size>();
    coded::<Kind>();
    coded::<Color>();
    coded::<Level>();
    coded::<Conflict>();
    coded::<Missing>();
    answer::<PutItemOutput>();
    answer::<GetItemOutput>();
    answer::<DeleteItemOutput>();
    answer::<ListItemsOutput>();
    answer::<Conflict>();
    answer::<Missing>();
    error::<Error>();
}

pub fn builders() -> (PutItem, GetItem, DeleteItem, ListItems, Item, Conflict, Missing) {
    let builder: SizeBuilder = Size::builder();
    let size = builder.width(1).height(2).build();
    let kind: Kind = size.clone().into();
    let put: PutItemBuilder = PutItem::builder();
    let put = put.id("1").name("n").note("x").count(1).size(size.clone()).token("t").build();
    let get: GetItemBuilder = GetItem::builder();
    let delete: DeleteItemBuilder = DeleteItem::builder();
    let list: ListItemsBuilder = ListItems::builder();
    let item: ItemBuilder = Item::builder();
    let item = item.name("n").count(1).size(size).color(Color::Red).level(Level::Low).kind(kind);
    let item = item.made(rt::Timestamp::from_epoch_seconds(0)).build();
    let conflict: ConflictBuilder = Conflict::builder();
    let missing: MissingBuilder = Missing::builder();
    let conflict = conflict.message("m").item_id("i").build();
    (
        put,
        get.id("1").build(),
        delete.id("1").build(),
        list.next("t").build(),
        item,
        conflict,
        missing.message("m").build(),
    )
}

pub fn outputs(item: Item) -> (PutItemOutput, GetItemOutput, ListItemsOutput) {
    let put: PutItemOutputBuilder = PutItemOutput::builder();
    let get: GetItemOutputBuilder = GetItemOutput::builder();
    let list: ListItemsOutputBuilder = ListItemsOutput::builder();
    let list = list.items([item.clone()]).names(["n"]).next("t").build();
    (put.item(item.clone()).build(), get.item(item).build(), list)
}

pub fn fields(put: &PutItem, get: &GetItem, delete: &DeleteItem, list: &ListItems) {
    let _: (&String, &String, &Option<String>) = (&put.id, &put.name, &put.note);
    let _: (&Option<i32>, &Option<Size>, &Option<String>) = (&put.count, &put.size, &put.token);
    let _: (&String, &String, &Option<String>) = (&get.id, &delete.id, &list.next);
}

pub fn output_fields(put: &PutItemOutput, get: &GetItemOutput, list: &ListItemsOutput) {
    let _: (&Item, &Option<Item>) = (&put.item, &get.item);
    let _: (&Option<Vec<Item>>, &Option<Vec<String>>, &Option<String>) = (&list.items, &list.names, &list.next);
}

pub fn type_fields(item: &Item, size: &Size, conflict: &Conflict, missing: &Missing) {
    let _: (&String, &i32, &Option<Size>) = (&item.name, &item.count, &item.size);
    let _: (&Option<Color>, &Option<Level>, &Option<Kind>) = (&item.color, &item.level, &item.kind);
    let _: (&Option<rt::Timestamp>, &Option<i32>, &i32) = (&item.made, &size.height, &size.width);
    let _: (&Option<String>, &Option<String>, &Option<String>) =
        (&conflict.message, &conflict.item_id, &missing.message);
}

pub fn variants(kind: Kind, color: Color, level: Level) -> (Kind, Kind) {
    match color {
        Color::Blue | Color::Red => {}
        Color::Unknown(value) => drop(value),
        _ => {}
    }
    match level {
        Level::High | Level::Low => {}
        Level::Unknown(value) => drop(value),
        _ => {}
    }
    let size: Option<Size> = match &kind {
        Kind::Boxed(size) => Some(size.clone()),
        Kind::Named(name) => {
            let _: &String = name;
            None
        }
        Kind::Unknown(_) | _ => None,
    };
    (size.map_or(kind, Kind::Boxed), Kind::Named(String::new()))
}

pub fn errors(error: &Error) -> Option<&Option<String>> {
    match error {
        Error::Conflict(error) => Some(&error.message),
        Error::Missing(error) => Some(&error.message),
        Error::Unmodeled(_) | Error::Failure(_) => None,
        _ => None,
    }
}

pub fn associated(operation: ListItems) -> (<ListItems as Operation>::Output, <ListItems as Paginated>::Token) {
    let output: ListItemsOutput = ListItemsOutput::default();
    let items: Option<Vec<Item>> = ListItems::items(output.clone());
    drop((operation, items));
    (output, String::new())
}

pub type Outputs =
    (<PutItem as Operation>::Output, <GetItem as Operation>::Output, <DeleteItem as Operation>::Output);

pub type Items = <ListItems as PaginatedItems>::Items;

pub async fn calls(client: &Client) -> Result<(PutItemOutput, GetItemOutput, DeleteItemOutput), Error> {
    drop(client.list_items().next("t").pages());
    drop(client.list_items().items());
    let put = client.put_item().id("1").name("n").send().await?;
    let get = client.get_item().id("1").send().await?;
    let delete = client.delete_item().id("1").send().await?;
    Ok((put, get, delete))
}

pub fn endpoint(params: &rt::endpoint::Params<'_>) -> Result<rt::endpoint::Resolved, rt::endpoint::ResolveError> {
    shop::endpoint::resolve(params)
}
