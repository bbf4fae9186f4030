//! Reading an entity as a later version gives what migrating it there step by step gives; and whatever
//! cannot be carried over is asked for.

use super::{calls::roll_value, *};
use frame_support::hypothetically;
use rome_primitives::content::{Carry, Cast, Rule, Schema, SchemaProperty, SchemaStatus};

/// Every reason for which a value that there is, or ought to be, does not come over.
const CASES: [&str; 13] = [
	"asked for by the rule",
	"newly required",
	"text too long",
	"number out of range",
	"bytes too long",
	"variant gone",
	"list too long",
	"reference to another class",
	"reference to another owner",
	"value of another in a unique property",
	"text not in the table",
	"number too large for the decimal",
	"cast text too long",
];

const CHAINS: u32 = 150;
const VERSIONS: usize = 4;
const ENTITIES: usize = 8;

/// A class with a property of every kind, and at the end as many random versions and entities of each.
fn chain(seeds: &[u64], cases: &RefCell<BTreeMap<&'static str, u32>>) {
	new_test_ext().execute_with(|| {
		set_the_stage();
		let every = class(
			"Every",
			&[
				one("text", TEXT),
				one("title", TEXT),
				one("size", ScalarType::Int { min: Some(0), max: Some(30) }),
				one("bytes", BYTES),
				one("kind", variants(&["a", "b", "c"])),
				one("file", OBJECT),
				one("first", to_class(0)),
				one("own", to_own(0)),
				list("several", to_class(0), 3),
				list("sizes", INT, 3),
			],
		);
		configure(every, |config| config.free_form = true);
		let mut seeds = seeds.iter().copied();
		let mut dice = || Dice::new(seeds.next().unwrap_or_default());
		for _ in 0..VERSIONS {
			for _ in 0..ENTITIES {
				let dice = &mut dice();
				let who = dice.one_of([ALICE, BOB]);
				let class = dice.one_of([0, every, every, every]);
				let (origin, call) = calls::create_call_in(who, class, dice);
				let _ = call.dispatch_bypass_filter(origin);
			}
			calls::upgrade_at_random(every, &mut dice());
			if dice().chance(70) {
				idle();
			}
		}
		assert_invariants();
		assert_readings(cases);
		// The sweep agrees with both: what asks for nothing is moved, and becomes what it read as.
		idle();
		let latest = stored_class(every).latest_version;
		let read = walk(|after| {
			ContentDirectory::api_entities_as(every, latest, after, 5).expect("it is the newest")
		});
		assert_ok!(ContentDirectory::migrate_class(root(), every, latest));
		// Those that come first take unique values from those that follow.
		let mut taken = BTreeSet::new();
		idle();
		for view in read {
			let now = stored(view.id);
			if now.version == latest {
				assert_eq!((view.reading, &now.values), (Reading::Complete, &view.values));
				taken.insert(view.id);
			} else if view.reading == Reading::Complete {
				let again = ContentDirectory::api_entity_as(view.id, latest).expect("it is later");
				assert!(matches!(again.reading, Reading::Asks(_)), "{again:?}");
				assert!(!taken.is_empty());
			}
		}
		assert_invariants();
	});
}

#[test]
fn reading_as_a_version_gives_what_migrating_there_gives() {
	let cases = RefCell::default();
	let config = Config { cases: CHAINS, failure_persistence: None, ..Config::default() };
	let seeds = proptest::collection::vec(any::<u64>(), VERSIONS * (ENTITIES + 2));
	let result = TestRunner::new(config).run(&seeds, |seeds| {
		chain(&seeds, &cases);
		Ok(())
	});
	if let Err(failure) = result {
		panic!("{failure}");
	}
	let cases = cases.into_inner();
	println!("{cases:#?}");
	for case in CASES {
		assert!(cases.contains_key(case), "never came up: {case}");
	}
}

/// Compares readings of all entities as all later versions with their migrations.
pub fn assert_readings(cases: &RefCell<BTreeMap<&'static str, u32>>) {
	for id in calls::entities() {
		let version = stored(id).version;
		let latest = stored_class(id.class).latest_version;
		for target in version + 1..=latest {
			let read = ContentDirectory::api_entity_as(id, target).expect("it is a later version");
			hypothetically!({
				revive(id.class, version);
				if version == 0 {
					assert_eq!(read.values, Default::default());
				} else {
					assert_migrated(id, &read, cases);
				}
			});
		}
	}
}

/// Lets every version from `from` on have entities again.
fn revive(class: ClassId, from: SchemaVersion) {
	let mut counts = crate::Stats::<Test>::get(class);
	for version in from.max(1)..=stored_class(class).latest_version {
		let mut schema = Schemas::<Test>::get(class, version).expect("it was given out");
		if schema.status == SchemaStatus::Retired {
			schema.status = SchemaStatus::Superseded;
			// What properties have become since, a retired version was not told.
			for property in schema.properties.iter_mut() {
				let mut live = counts.by_version.iter().filter_map(|(live, _)| {
					Schemas::<Test>::get(class, live)?.property(property.id).cloned()
				});
				if let Some(live) = live.next_back() {
					property.unique_entries = live.unique_entries;
					property.index_entries = live.index_entries;
				}
			}
			Schemas::<Test>::insert(class, version, schema);
			if counts.by_version.try_push((version, 0)).is_err() {
				return;
			}
		}
	}
	crate::Stats::<Test>::insert(class, counts);
	set_status(class, ClassStatus::Open);
}

/// Goes to the version of `read` step by step, supplying what is asked for, and compares.
fn assert_migrated(
	id: EntityId,
	read: &rome_primitives::content::api::EntityAs<AccountId>,
	cases: &RefCell<BTreeMap<&'static str, u32>>,
) {
	let mut dice = Dice::new(u64::from(id.serial));
	let mut supplied_any = false;
	for version in stored(id).version + 1..=read.version {
		let step = ContentDirectory::api_entity_as(id, version).expect("it is a later version");
		let schema = Schemas::<Test>::get(id.class, version).expect("it was given out");
		let mut supplied = Vec::new();
		if let Reading::Asks(asked) = &step.reading {
			supplied_any = true;
			for property in asked.iter().filter_map(|id| schema.property(*id)) {
				*cases.borrow_mut().entry(reason(id, property, version)).or_default() += 1;
				supplied.push((property.id, roll_value(step.owner, id.class, property, &mut dice)));
			}
		}
		let moved = ContentDirectory::migrate_entity(root(), id, version, bounded(&supplied), None);
		if supplied.is_empty() {
			assert!(
				moved.is_ok(),
				"{id} {version} {moved:?} {step:?}\n{:?}\n{schema:?}",
				stored(id)
			);
		} else if moved.is_err() {
			// What was rolled does not fit either.
			return;
		}
		assert_ok!(ContentDirectory::do_try_state());
		// Read as what it is, it is what it read as before; with what was supplied.
		let now = stored(id);
		for (property, value) in step.values.iter() {
			assert_eq!(now.values.value(*property), Some(value));
		}
		let given = supplied.iter().filter(|(_, value)| value.is_some()).count();
		assert_eq!(now.values.len(), step.values.len() + given);
	}
	let now = stored(id);
	let asked = match &read.reading {
		Reading::Asks(asked) => asked.clone(),
		Reading::Complete => Vec::new(),
		Reading::Later => panic!("it is a later version"),
	};
	if !supplied_any {
		assert_eq!((asked, &now.values), (Vec::new(), &read.values));
		return;
	}
	// What was read without anybody's help is the same; the rest was asked for.
	let schema = Schemas::<Test>::get(id.class, read.version).expect("it was given out");
	for property in &schema.properties {
		if !asked.contains(&property.id) {
			assert_eq!(now.values.value(property.id), read.values.value(property.id));
		}
	}
}

/// Why an entity, which is of the version before, is asked for a property of `version`.
fn reason(id: EntityId, new: &SchemaProperty, version: SchemaVersion) -> &'static str {
	let entity = stored(id);
	let before = Schemas::<Test>::get(id.class, version - 1).expect("it was given out");
	let (from, is_cast) = match &new.rule {
		Some(Rule::Ask) => return "asked for by the rule",
		Some(Rule::Carry(Carry { from })) => (*from, false),
		Some(Rule::Cast(Cast { from, .. })) => (*from, true),
		Some(Rule::Default(_)) => return "value of another in a unique property",
		None => return "newly required",
	};
	let Some(value) = entity.values.value(from) else { return "newly required" };
	let old = before.property(from).expect("the rule was checked");
	let as_new = |value: &Value| {
		let alone = Schema {
			status: SchemaStatus::Active,
			base: 0,
			properties: bounded(std::slice::from_ref(new)),
		};
		alone.check_values(&some(&[(new.id, value.clone())])).map_err(|(_, error)| error)
	};
	if is_cast {
		match (value.scalars().first(), new.property.kind.scalar()) {
			(Some(Scalar::Text(_)), ScalarType::Enum { .. }) => return "text not in the table",
			(Some(Scalar::Int(value)), ScalarType::Decimal { scale })
				if *value >= 10 && *scale == 18 =>
			{
				return "number too large for the decimal"
			},
			(Some(scalar), ScalarType::Text { max_length }) => {
				let text =
					rome_primitives::content::scalar_text(old.property.kind.scalar(), scalar);
				if text.is_none_or(|text| text.chars().count() > *max_length as usize) {
					return "cast text too long";
				}
			},
			_ => {},
		}
	} else {
		use rome_primitives::content::ValueError;
		match (as_new(value), new.property.kind.scalar()) {
			(Err(ValueError::TooLong), ScalarType::Text { .. }) => return "text too long",
			(Err(ValueError::TooLong), _) => return "bytes too long",
			(Err(ValueError::OutOfRange), _) => return "number out of range",
			(Err(ValueError::UnknownVariant), _) => return "variant gone",
			(Err(ValueError::TooManyItems), _) => return "list too long",
			_ => {},
		}
	}
	if let ScalarType::Reference { class, .. } = new.property.kind.scalar() {
		let class = class.unwrap_or(id.class);
		let leads = |scalar: &Scalar| matches!(scalar, Scalar::Reference(to) if to.class == class);
		if !value.scalars().iter().all(leads) {
			return "reference to another class";
		}
		if !new.unique_entries {
			return "reference to another owner";
		}
	}
	if new.unique_entries {
		return "value of another in a unique property";
	}
	match new.property.kind {
		PropertyType::List { max_items, .. } if value.scalars().len() > usize::from(max_items) => {
			"list too long"
		},
		_ => panic!("{value:?} does not become {new:?} for no reason"),
	}
}
