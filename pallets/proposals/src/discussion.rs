//! Threads and posts.

use crate::{
	types::BalanceOf, Config, Error, Event, HoldReason, Pallet, Posts, Proposals, Threads,
};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{fungible::MutateHold, Get},
};
use rome_primitives::governance::{
	limits::MAX_POSTS, Hash32, Post, PostId, ProposalId, Text, ThreadMode,
};
use sp_runtime::{traits::Saturating, DispatchError, SaturatedConversion};

type PostOf<T> = Post<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

/// The hash of everything a post said, once it stops saying `body`.
fn extended(history: &Hash32, body: &[u8]) -> Hash32 {
	let mut bytes = history.to_vec();
	bytes.extend_from_slice(body);
	sp_io::hashing::blake2_256(&bytes)
}

impl<T: Config> Pallet<T> {
	/// What a post of `bytes` holds.
	pub(crate) fn post_deposit(bytes: usize) -> BalanceOf<T> {
		T::PostDepositBase::get()
			.saturating_add(T::PostDepositPerByte::get().saturating_mul(bytes.saturated_into()))
	}

	/// Fails unless `who` made the proposal or is in the council.
	fn ensure_host(who: &T::AccountId, id: ProposalId) -> DispatchResult {
		let proposal = Self::proposal(id)?;
		if proposal.proposer != *who {
			Self::ensure_member(who)?;
		}
		Ok(())
	}

	pub(crate) fn do_open_thread(
		who: T::AccountId,
		id: ProposalId,
		mode: ThreadMode<T::AccountId>,
	) -> DispatchResult {
		Self::ensure_host(&who, id)?;
		ensure!(!Threads::<T>::contains_key(id), Error::<T>::ThreadExists);
		let opener = who.clone();
		Threads::<T>::insert(
			id,
			rome_primitives::governance::Thread { opener, mode, next_post: 0, posts: 0 },
		);
		Self::deposit_event(Event::ThreadOpened { proposal: id, opener: who });
		Ok(())
	}

	pub(crate) fn do_set_thread_mode(
		who: T::AccountId,
		id: ProposalId,
		mode: ThreadMode<T::AccountId>,
	) -> DispatchResult {
		Self::ensure_host(&who, id)?;
		Threads::<T>::try_mutate(id, |thread| {
			thread.as_mut().ok_or(Error::<T>::ThreadNotFound)?.mode = mode;
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::ThreadModeSet { proposal: id });
		Ok(())
	}

	pub(crate) fn do_post(who: T::AccountId, id: ProposalId, body: Text) -> DispatchResult {
		let mut thread = Threads::<T>::get(id).ok_or(Error::<T>::ThreadNotFound)?;
		Self::ensure_text(&body)?;
		// A thread that outlives its proposal is read, and no longer written.
		Self::proposal(id)?;
		if let ThreadMode::Closed(list) = &thread.mode {
			let allowed = list.contains(&who) || Self::ensure_host(&who, id).is_ok();
			ensure!(allowed, Error::<T>::NotAllowedToPost);
		}
		ensure!(thread.posts < MAX_POSTS, Error::<T>::ThreadFull);
		let deposit = Self::post_deposit(body.len());
		T::Currency::hold(&HoldReason::Post.into(), &who, deposit)?;
		let post = thread.next_post;
		thread.next_post = post.checked_add(1).ok_or(sp_runtime::ArithmeticError::Overflow)?;
		thread.posts.saturating_inc();
		Threads::<T>::insert(id, thread);
		let author = who.clone();
		let stored = Post {
			author: who,
			body: Some(body),
			posted: Self::now(),
			revisions: 0,
			history: Default::default(),
			deposit,
		};
		Posts::<T>::insert(id, post, stored);
		Self::deposit_event(Event::Posted { proposal: id, post, author });
		Ok(())
	}

	/// Makes a post's deposit that of `bytes`.
	fn set_deposit(post: &mut PostOf<T>, bytes: usize) -> DispatchResult {
		let deposit = Self::post_deposit(bytes);
		if deposit > post.deposit {
			let more = deposit.saturating_sub(post.deposit);
			T::Currency::hold(&HoldReason::Post.into(), &post.author, more)?;
		} else {
			let less = post.deposit.saturating_sub(deposit);
			Self::give_back(HoldReason::Post, &post.author, less)?;
		}
		post.deposit = deposit;
		Ok(())
	}

	pub(crate) fn do_edit_post(
		who: T::AccountId,
		id: ProposalId,
		index: PostId,
		body: Text,
	) -> DispatchResult {
		let mut post = Posts::<T>::get(id, index).ok_or(Error::<T>::PostNotFound)?;
		let before = post.body.take().ok_or(Error::<T>::PostNotFound)?;
		ensure!(post.author == who, Error::<T>::NotTheAuthor);
		Self::proposal(id)?;
		Self::ensure_text(&body)?;
		Self::set_deposit(&mut post, body.len())?;
		let history = extended(&post.history, &before);
		post.history = history;
		post.revisions.saturating_inc();
		post.body = Some(body);
		Posts::<T>::insert(id, index, post);
		Self::deposit_event(Event::PostEdited { proposal: id, post: index, history });
		Ok(())
	}

	/// Deletes a post of `who`, or any if the council does it.
	pub(crate) fn do_delete_post(
		who: Option<T::AccountId>,
		id: ProposalId,
		index: PostId,
	) -> DispatchResult {
		let mut post = Posts::<T>::get(id, index).ok_or(Error::<T>::PostNotFound)?;
		let trace = Proposals::<T>::contains_key(id);
		if trace {
			let before = post.body.take().ok_or(Error::<T>::PostNotFound)?;
			ensure!(who.is_none_or(|who| who == post.author), Error::<T>::NotTheAuthor);
			// Never more than before: prices may have risen.
			let rest = Self::post_deposit(0).min(post.deposit);
			let less = post.deposit.saturating_sub(rest);
			Self::give_back(HoldReason::Post, &post.author, less)?;
			post.deposit = rest;
			post.history = extended(&post.history, &before);
			post.revisions.saturating_inc();
			Posts::<T>::insert(id, index, post);
		} else {
			Self::give_back(HoldReason::Post, &post.author, post.deposit)?;
			Posts::<T>::remove(id, index);
			Threads::<T>::mutate_exists(id, |thread| {
				if let Some(left) = thread {
					left.posts.saturating_dec();
					if left.posts == 0 {
						*thread = None;
					}
				}
			});
		}
		Self::deposit_event(Event::PostDeleted { proposal: id, post: index, trace });
		Ok(())
	}
}
